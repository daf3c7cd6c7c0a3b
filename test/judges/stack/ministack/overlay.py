"""MiniStack 1.5.33 with its gaps filled that this stack runs into. Each is named; everything else is MiniStack's own."""

import json
import os
import re
import signal

import code_deploy  # noqa: F401
import ministack.app as app
from ministack.core import iam_actions, iam_evaluator
from ministack.services import cloudfront, lambda_svc, s3
from ministack.services.cloudformation import provisioners

handlers = provisioners._RESOURCE_HANDLERS


def without_effect(logical_id, properties, stack):
    name = provisioners._physical_name(stack, logical_id)
    return name, {"QueryDefinitionId": name, "ManagedLoginBrandingId": name, "AllocationId": name, "NatGatewayId": name}


# Four resource types are unknown: a saved query of CloudWatch Logs, the look of the sign-in page, and of fixed addresses the
# address itself and its gateway.
for unknown in [
    "AWS::Logs::QueryDefinition",
    "AWS::Cognito::ManagedLoginBranding",
    "AWS::EC2::EIP",
    "AWS::EC2::NatGateway",
]:
    assert unknown not in handlers, unknown
    handlers[unknown] = {"create": without_effect, "delete": lambda physical_id, properties: None}

# Alarms on a metric that is computed from others are refused.
create_alarm = handlers["AWS::CloudWatch::Alarm"]["create"]
update_alarm = handlers["AWS::CloudWatch::Alarm"]["update"]


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

# An update of a global table does not know the table's logical id, takes its name for a new one, and replaces it.
of_global_tables = ["Replicas", "WriteOnDemandThroughputSettings", "ReadOnDemandThroughputSettings", "WarmThroughput"]


def changed_table(physical_id, old, new, stack, logical_id=None):
    old, new = ({name: value for name, value in one.items() if name not in of_global_tables} for one in (old, new))
    return provisioners._ddb_update(physical_id, old, new, stack, logical_id)


handlers["AWS::DynamoDB::GlobalTable"] = {
    **handlers["AWS::DynamoDB::GlobalTable"],
    "update": changed_table,
    "update_with_logical_id": True,
}

# CloudFront refuses new distributions to some new accounts, in words that github.com/aws-samples/aws-cdk-examples/issues/279
# quotes. This account is refused while a file is there: "asked" for whoever asks CloudFront itself, "deployed" for whoever
# lets CloudFormation ask.
unverified = (
    "Your account must be verified before you can add new CloudFront resources. To verify your account, please contact AWS "
    "Support (https://console.aws.amazon.com/support/home#/) and include this error message."
)
create_distribution = handlers["AWS::CloudFront::Distribution"]["create"]
answer_create = cloudfront._create_distribution


def refuses(how):
    return os.path.exists(os.path.join(os.environ["JUDGE_REFUSALS"], how))


def distribution(*resource):
    if refuses("deployed"):
        raise ValueError(f"Access denied for operation 'AWS::CloudFront::Distribution: {unverified}'")
    return create_distribution(*resource)


def answer_distribution(*request):
    if refuses("asked"):
        return cloudfront._error("AccessDenied", unverified, 403)
    return answer_create(*request)


handlers["AWS::CloudFront::Distribution"] = {**handlers["AWS::CloudFront::Distribution"], "create": distribution}
cloudfront._create_distribution = answer_distribution

# A user pool lacks the attributes ProviderName and ProviderURL.
def with_provider(handle):
    return lambda *call, **named: provider_of(*handle(*call, **named))


def provider_of(pool_id, attributes, *rest):
    provider = f"cognito-idp.us-east-1.amazonaws.com/{pool_id}"
    return (pool_id, {**attributes, "ProviderName": provider, "ProviderURL": f"https://{provider}"}, *rest)


pools = handlers["AWS::Cognito::UserPool"]
handlers["AWS::Cognito::UserPool"] = {
    **pools,
    "create": with_provider(pools["create"]),
    "update": with_provider(pools["update"]),
}

# A bucket's tags are left out, by which the CDK's function knows whether it may empty the bucket.
buckets = handlers["AWS::S3::Bucket"]


def tagged(handle, properties_at):
    def handle_and_tag(*call, **named):
        name, *rest = handle(*call, **named)
        s3._bucket_tags[name] = {tag["Key"]: tag["Value"] for tag in call[properties_at].get("Tags", [])}
        return (name, *rest)

    return handle_and_tag


handlers["AWS::S3::Bucket"] = {
    **buckets,
    "create": tagged(buckets["create"], 1),
    "update": tagged(buckets["update"], 2),
}

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

# The wildcards of a path pattern match no line feed, and a path may hold an encoded one.
glob_to_regex = cloudfront._glob_to_regex
cloudfront._glob_to_regex = lambda pattern: re.compile(glob_to_regex(pattern).pattern, re.DOTALL)

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
