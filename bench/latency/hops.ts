/** A time between two services: its median and 99th percentile in milliseconds. */
export interface Hop {
  readonly p50: number;
  readonly p99: number;
  readonly what: string;
  /** Where the two numbers were published, and of when they are; or that we assume them. */
  readonly source: string;
}

/** When the sources were read. */
export const hopsReadOn = '2026-11-30';

const measured =
  '[measured in eu-west-1, 2022](https://bitesizedserverless.com/bite/serverless-messaging-latency-compared/)';

/**
 * Times that others published, or that we assume where nobody has. They are a model: AWS promises none of them, and we have
 * measured none. What follows from them says which path is long, not how long it is in your account.
 */
export const hops = {
  http: {
    p50: 10,
    p99: 30,
    what: 'HTTP API, from the request to the function and back',
    source: 'assumed, from what AWS said of HTTP APIs in 2019',
  },
  dynamodb: {
    p50: 4,
    p99: 15,
    what: 'DynamoDB, one request',
    source: 'assumed; AWS says “single-digit milliseconds”',
  },
  startExecution: {
    p50: 10,
    p99: 40,
    what: 'StartExecution, until it is answered',
    source: 'assumed',
  },
  startToFunction: {
    p50: 77,
    p99: 241,
    what: 'StartExecution of Express, until its first function begins',
    source: measured,
  },
  waitToFunction: {
    p50: 50,
    p99: 150,
    what: 'a Wait of Express, from its end until the function begins',
    source: 'assumed, as bench/cost does',
  },
  sendToFunction: {
    p50: 16,
    p99: 105,
    what: 'SendMessage, until the function begins',
    source: measured,
  },
  request: {
    p50: 5,
    p99: 20,
    what: 'name, TLS and request to a receiver in the same Region',
    source: 'assumed; receivers elsewhere take 100 ms and more',
  },
} as const satisfies Record<string, Hop>;

export type HopName = keyof typeof hops;
