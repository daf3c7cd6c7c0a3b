/**
 * What counting cannot tell, because it depends on load or on AWS. Everything that is multiplied with a price and is no
 * count stands here. Latencies are medians of warm calls. Those between services follow
 * https://bitesizedserverless.com/bite/serverless-messaging-latency-compared/ (2022, eu-west-1), that of the table is
 * what AWS promises.
 */
export const model = {
  /** One request to DynamoDB. AWS promises single-digit milliseconds. */
  dynamodbMs: 5,
  /** SendMessageBatch and StartExecution: a signed call that ends with a durable write. */
  sqsMs: 10,
  stepFunctionsMs: 10,
  /** From look-up to the receiver's last byte, TLS handshake included. */
  receiverMs: 130,
  /** Own code of one invocation. */
  ownMs: 3,
  /** Between two states of an Express execution, beside what the function takes. */
  expressHopMs: 50,
  /** Messages that one invocation of `deliver-webhook` finds; up to 10 under load, 1 when it is quiet. */
  deliveriesPerBatch: 3,
  /** INIT is billed since August 2025; AWS sees less than one start in a hundred. */
  coldStartRate: 0.005,
  coldStartMs: 300,
  /** Express bills memory in 64 MB: about 50 MB and a state of ids. */
  expressMemoryMb: 64,
  /** X-Ray's default rule beyond the first request of each second. A run is one trace, its deliveries included. */
  traceRate: 0.05,
  /** CloudWatch Logs adds this to each line. */
  logLineOverheadBytes: 26,
  /** What API Gateway adds to a reply: status line, date, length, its own request id. */
  gatewayReplyBytes: 180,
  /** TLS handshake and packet headers of one webhook, leaving AWS. */
  connectionBytes: 1_000,
} as const;
