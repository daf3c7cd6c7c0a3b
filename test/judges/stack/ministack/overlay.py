"""MiniStack 1.5.33 with its gaps filled that this stack runs into. Each is named; everything else is MiniStack's own."""

import json
import re
import signal

import code_deploy  # noqa: F401
import ministack.app as app
from ministack.core import iam_actions, iam_evaluator
from ministack.services import cloudfront, lambda_svc
from ministack.services.cloudformation import provisioners

handlers = provisioners._RESOURCE_HANDLERS


def without_effect(logical_id, properties, stack):
    name = provisioners._physical_name(stack, logical_id)
    return name, {"QueryDefinitionId": name, "ManagedLoginBrandingId": name}


# Two resource types are unknown: a saved query of CloudWatch Logs, and the look of the sign-in page.
for unknown in ["AWS::Logs::QueryDefinition", "AWS::Cognito::ManagedLoginBranding"]:
    assert unknown not in handlers, unknown
    handlers[unknown] = {"create": without_effect, "delete": lambda physical_id, properties: None}

# Alarms on a metric that is computed from others are refused.
create_alarm = handlers["AWS::CloudWatch::Alarm"]["create"]


def alarm(logical_id, properties, stack):
    return create_alarm(logical_id, computed(properties), stack)


def computed(properties):
    """The state of such an alarm is whatever was set last: nothing evaluates it."""
    if not properties.get("Metrics"):
        return properties
    others = {name: value for name, value in properties.items() if name != "Metrics"}
    return {**others, "Namespace": "Computed", "MetricName": "Computed", "Period": 60}


update_alarm = handlers["AWS::CloudWatch::Alarm"]["update"]


def changed_alarm(physical_id, old, new, stack, *rest, **named):
    return update_alarm(physical_id, computed(old), computed(new), stack, *rest, **named)


handlers["AWS::CloudWatch::Alarm"] = {**handlers["AWS::CloudWatch::Alarm"], "create": alarm, "update": changed_alarm}

# A user pool lacks the attributes ProviderName and ProviderURL.
create_pool = handlers["AWS::Cognito::UserPool"]["create"]


def pool(logical_id, properties, stack):
    pool_id, attributes, *rest = create_pool(logical_id, properties, stack)
    provider = f"cognito-idp.us-east-1.amazonaws.com/{pool_id}"
    return (pool_id, {**attributes, "ProviderName": provider, "ProviderURL": f"https://{provider}"}, *rest)


handlers["AWS::Cognito::UserPool"] = {**handlers["AWS::Cognito::UserPool"], "create": pool}

# A generated secret ignores ExcludePunctuation, and a comma in the origin secret would separate two of them.
secret_string = provisioners._sm_secret_string


def letters_and_digits(properties):
    text = secret_string(properties)
    if (properties.get("GenerateSecretString") or {}).get("ExcludePunctuation"):
        return re.sub(r"[^A-Za-z0-9]", "x", text)
    return text


provisioners._sm_secret_string = letters_and_digits

# CloudFront reaches no API Gateway as its origin, although both are served here.
connect_target = cloudfront._origin_connect_target
request_headers = cloudfront._origin_request_headers
own_api = re.compile(r"([0-9a-f]{8})\.execute-api\.[a-z0-9-]+\.amazonaws\.com")


def target(origin, viewer_is_https):
    if own_api.fullmatch(origin["domain_name"]):
        return "127.0.0.1", int(app._MINISTACK_PORT), False
    return connect_target(origin, viewer_is_https)


def headers_for(origin, *rest):
    api = own_api.fullmatch(origin["domain_name"])
    return request_headers({**origin, "domain_name": f"{api[1]}.execute-api.localhost"} if api else origin, *rest)


cloudfront._origin_connect_target = target
cloudfront._origin_request_headers = headers_for

# API Gateway renames this header of an integration's response.
forward_to_origin = cloudfront._forward_to_origin


def forward(origin, *rest, **named):
    status, reason, pairs, body = forward_to_origin(origin, *rest, **named)
    if own_api.fullmatch(origin["domain_name"]):
        pairs = [("x-amzn-remapped-" + name if name.lower() == "www-authenticate" else name, value) for name, value in pairs]
    return status, reason, pairs, body


cloudfront._forward_to_origin = forward

# API Gateway gives a function the cookies of a request in a field of their own.
execute_function = lambda_svc._execute_function_with_config_scope


def with_cookies(record, event, *rest, **named):
    if event.get("version") == "2.0" and "cookie" in event.get("headers", {}):
        event["cookies"] = event["headers"].pop("cookie").split("; ")
    return execute_function(record, event, *rest, **named)


lambda_svc._execute_function_with_config_scope = with_cookies

# The evaluator does not know dynamodb:LeadingKeys, the partition keys that a call touches.
service_context = iam_actions.dynamodb_service_context


def leading_keys(call):
    if "RequestItems" in call:
        return [key["pk"]["S"] for part in call["RequestItems"].values() for key in part["Keys"]]
    if "KeyConditionExpression" in call:
        placeholder = re.search(r"=\s*(:\w+)", call["KeyConditionExpression"])[1]
        return [call["ExpressionAttributeValues"][placeholder]["S"]]
    return [row["pk"]["S"] for row in [call.get("Key") or call.get("Item")] if row]


def context_with_keys(body):
    keys = leading_keys(json.loads(body or b"{}"))
    return {**service_context(body), **({"dynamodb:LeadingKeys": keys} if keys else {})}


iam_actions.dynamodb_service_context = context_with_keys

# SQS authorizes a batch as the action on one message.
iam_action = iam_actions.extract_iam_action


def action_on_one(service, *request):
    action = iam_action(service, *request)
    return action.removesuffix("Batch") if service == "sqs" and action else action


iam_actions.extract_iam_action = action_on_one

# The functions reach the APIs by plain http on loopback, which policies that ask for TLS would refuse.
request_origin = iam_evaluator._request_origin


class WithTls:
    def get(self):
        return request_origin.get()[0], True

    def set(self, origin):
        return request_origin.set(origin)


iam_evaluator._request_origin = WithTls()


# The roles of the CDK's bootstrap stack are refused by the evaluator, so it begins to judge after the deployment.
def begin_to_judge(*_):
    app.AUTH = True


signal.signal(signal.SIGUSR1, begin_to_judge)


# For the next deployment.
def cease_to_judge(*_):
    app.AUTH = False


signal.signal(signal.SIGUSR2, cease_to_judge)

app.main()
