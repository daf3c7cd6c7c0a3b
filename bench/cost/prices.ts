/**
 * Day on which the prices were read. They are list prices of us-east-1 in US$ without free tiers. Check the source
 * before you quote a price elsewhere.
 */
export const pricesReadOn = '2026-11-22';

interface Price {
  /** Price of a single unit. */
  readonly usd: number;
  /** The price as the source states it. */
  readonly quoted: string;
  readonly source: string;
}

export const prices = {
  httpRequest: perMillion(1, 'requests', 'aws.amazon.com/api-gateway/pricing, HTTP APIs, units of 512 KB'),
  lambdaRequest: perMillion(0.2, 'invocations', 'aws.amazon.com/lambda/pricing'),
  lambdaGbSecond: perGbSecond(0.0000133334, 'aws.amazon.com/lambda/pricing, arm64, by the ms'),
  writeUnit: perMillion(0.625, 'write units', 'aws.amazon.com/dynamodb/pricing/on-demand, since 2024-11-01'),
  readUnit: perMillion(0.125, 'read units', 'aws.amazon.com/dynamodb/pricing/on-demand, since 2024-11-01'),
  sqsRequest: perMillion(0.4, 'requests', 'aws.amazon.com/sqs/pricing, standard queue, units of 64 KB'),
  expressStart: perMillion(1, 'executions', 'aws.amazon.com/step-functions/pricing, Express'),
  expressGbSecond: perGbSecond(0.00001667, 'aws.amazon.com/step-functions/pricing, Express, in 64 MB and 100 ms'),
  transition: perMillion(25, 'transitions', 'aws.amazon.com/step-functions/pricing, Standard'),
  logByte: perGb(0.5, 'aws.amazon.com/cloudwatch/pricing, ingested'),
  egressByte: perGb(0.09, 'aws.amazon.com/ec2/pricing/on-demand, to the internet'),
  edgeRequest: perMillion(1, 'HTTPS requests', 'aws.amazon.com/cloudfront/pricing, pay as you go, United States'),
  edgeByte: perGb(0.085, 'aws.amazon.com/cloudfront/pricing, pay as you go, first 10 TB a month'),
  trace: perMillion(5, 'traces recorded', 'aws.amazon.com/xray/pricing'),
} as const satisfies Record<string, Price>;

function perMillion(usd: number, things: string, source: string): Price {
  return { usd: usd / 1e6, quoted: `${usd} per million ${things}`, source };
}

function perGbSecond(usd: number, source: string): Price {
  return { usd, quoted: `${usd} per GB-second`, source };
}

function perGb(usd: number, source: string): Price {
  return { usd: usd / 1e9, quoted: `${usd} per GB`, source };
}
