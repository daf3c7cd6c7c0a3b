/**
 * Assumptions about what cannot be counted, because it depends on load or on AWS. Every factor of a price that is not a
 * count is listed here. Latencies are medians of warm calls. Those between services are from
 * https://bitesizedserverless.com/bite/serverless-messaging-latency-compared/ (2022, eu-west-1), and that of the table
 * is what AWS promises.
 */
export const model = {
  /** One request to DynamoDB. AWS promises single-digit milliseconds. */
  dynamodbMs: 5,
  /** SendMessageBatch and StartExecution: a signed call that ends with a durable write. */
  sqsMs: 10,
  stepFunctionsMs: 10,
  /** Time of one webhook from the DNS lookup to the receiver's last byte, including the TLS handshake. */
  receiverMs: 130,
  /** Time of our own code in one invocation. */
  ownMs: 3,
  /** Time of a segment in an Express execution, in addition to the function's time: three states, with those around it. */
  expressHopMs: 50,
  /** Messages that one invocation of `deliver-webhook` receives: up to 10 under load, 1 when there is little. */
  deliveriesPerBatch: 3,
  /** Share of cold starts, whose INIT phase is billed since August 2025. AWS reports less than one in a hundred. */
  coldStartRate: 0.005,
  coldStartMs: 300,
  /** Express bills memory in units of 64 MB. An execution takes about 50 MB plus a state that consists of ids. */
  expressMemoryMb: 64,
  /** X-Ray's default sampling rate after the first request of each second. A run and its deliveries are one trace. */
  traceRate: 0.05,
  /** CloudWatch Logs adds this to each line. */
  logLineOverheadBytes: 26,
  /** Bytes that API Gateway adds to a response: status line, date, length, its own request id. */
  gatewayReplyBytes: 180,
  /** Outgoing bytes of the TLS handshake and packet headers of one webhook. */
  connectionBytes: 1_000,
} as const;
