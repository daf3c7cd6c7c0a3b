"""What AWS documents of CodeDeploy for the aliases of a stack, which MiniStack lacks:
docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-attribute-updatepolicy.html and
docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html

An alias whose template has a CodeDeployLambdaAliasUpdate is shifted as its deployment group says. If one of the group's
alarms goes off meanwhile, the alias is put back, and the update of the resource fails. A minute lasts CANARY_MINUTE_SECONDS.
"""

import os
import random
import time

from ministack.services import cloudwatch, lambda_svc
from ministack.services.cloudformation import provisioners, stacks

handlers = provisioners._RESOURCE_HANDLERS
minute_seconds = float(os.environ["CANARY_MINUTE_SECONDS"])

# The properties of each deployment group, by its stack and logical id.
groups = {}


def application(logical_id, properties, stack):
    return properties["ApplicationName"], {}


def group(logical_id, properties, stack):
    groups[stack, logical_id] = properties
    return properties["DeploymentGroupName"], {}


def update_application(physical_id, old, new, stack, logical_id=None):
    return application(logical_id, new, stack)


def update_group(physical_id, old, new, stack, logical_id=None):
    return group(logical_id, new, stack)


def forget(physical_id, properties):
    return None


for name, create, update in [("Application", application, update_application), ("DeploymentGroup", group, update_group)]:
    unknown = f"AWS::CodeDeploy::{name}"
    assert unknown not in handlers, unknown
    handlers[unknown] = {"create": create, "update": update, "update_with_logical_id": True, "delete": forget}

# An alias ignores its weights when a function is called through it.
target_of = lambda_svc._effective_func_record_for_qualifier


def weighted(function, qualifier):
    alias = (function or {}).get("aliases", {}).get(qualifier) or {}
    chance = random.random()
    for version, weight in alias.get("RoutingConfig", {}).get("AdditionalVersionWeights", {}).items():
        if chance < float(weight):
            return target_of(function, version)
        chance -= float(weight)
    return target_of(function, qualifier)


lambda_svc._effective_func_record_for_qualifier = weighted

# An update of an alias replaces its target at once, whatever its UpdatePolicy.
update_alias = handlers["AWS::Lambda::Alias"]["update"]


def group_of(stack, logical_id):
    definition = provisioners._cfn_wait_condition_definition(stack, logical_id)
    policy = definition.get("UpdatePolicy", {}).get("CodeDeployLambdaAliasUpdate")
    return policy and groups[stack, policy["DeploymentGroupName"]["Ref"]]


def alarmed(deployment):
    alarms = deployment.get("AlarmConfiguration", {})
    names = [alarm["Name"] for alarm in alarms.get("Alarms", [])] if alarms.get("Enabled") else []
    return [name for name in names if cloudwatch._alarms[name]["StateValue"] == "ALARM"]


def shift(physical_id, old, new, stack, logical_id=None):
    deployment = group_of(stack, logical_id)
    function = lambda_svc._functions[new["FunctionName"]]
    alias = function["aliases"][new["Name"]]
    before, after = alias["FunctionVersion"], new["FunctionVersion"]
    if not deployment or before == after:
        return update_alias(physical_id, old, new, stack, logical_id)
    canary = deployment["DeploymentConfigName"] == "CodeDeployDefault.LambdaCanary10Percent5Minutes"
    if canary:
        alias["RoutingConfig"] = {"AdditionalVersionWeights": {after: 0.1}}
        print(f"{new['FunctionName']}: a tenth of the requests goes to version {after}", flush=True)
    until = time.monotonic() + (5 * minute_seconds if canary else 0)
    while True:
        reasons = alarmed(deployment)
        if reasons:
            alias.pop("RoutingConfig", None)
            print(f"{new['FunctionName']}: back to version {before}, because of {reasons}", flush=True)
            raise ValueError(f"The deployment was stopped, and its alias put back: these alarms are on: {reasons}")
        if time.monotonic() > until:
            break
        time.sleep(0.2)
    alias.pop("RoutingConfig", None)
    return update_alias(physical_id, old, new, stack, logical_id)


handlers["AWS::Lambda::Alias"] = {**handlers["AWS::Lambda::Alias"], "update": shift}

# The shift takes its time, during which the other APIs have to answer.
blocks = stacks._runs_on_worker_thread
stacks._runs_on_worker_thread = lambda kind: kind == "AWS::Lambda::Alias" or blocks(kind)
