import { metricNamespace, metrics, type MetricName } from '../contract';

/** Reports one value of a metric. */
export type Measure = (metric: MetricName, value: number) => void;

/**
 * Metrics as log lines in CloudWatch's embedded metric format, so that they cost no call and are read from the log again:
 * docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 *
 * @param functionName as Lambda says it: the one dimension, so that stages of one account keep apart
 */
export function measureIn(functionName: string): Measure {
  return (metric, value) => {
    const directive = {
      Namespace: metricNamespace,
      Dimensions: [['FunctionName']],
      Metrics: [{ Name: metric, Unit: metrics[metric] }],
    };
    const line = {
      _aws: { Timestamp: Date.now(), CloudWatchMetrics: [directive] },
      FunctionName: functionName,
      [metric]: value,
    };
    process.stdout.write(`${JSON.stringify(line)}\n`);
  };
}
