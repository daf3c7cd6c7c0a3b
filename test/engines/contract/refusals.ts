import * as sdk from '@aws-sdk/client-dynamodb';
import { isThrottle, throttlingErrors } from '../../../functions/contract/throttling';
import { tableShape } from '../../../functions/contract/table';
import { attributesAt, expectedOn, newKey, outcomeOf, type Open } from './on-the-table';

export function refusals(table: Open): void {
  describe('what the engine refuses', () => {
    it('a table that is not there', async () => {
      const elsewhere = { ...table(), tableName: 'elsewhere' };

      expect(await outcomeOf(attributesAt(elsewhere, newKey()))).toBe('ResourceNotFoundException');
    });

    it('the table, if it is asked for in another Region', async () => {
      const elsewhere = new sdk.DynamoDBClient({
        endpoint: table().endpoint,
        region: 'eu-west-1',
        credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      });
      const described = outcomeOf(elsewhere.send(new sdk.DescribeTableCommand({ TableName: table().tableName })));

      expect(await described).toBe(expectedOn(table(), 'the table, asked for in another Region'));
      elsewhere.destroy();
    });

    it('transactions, of which the product has none', async () => {
      const { client, tableName } = table();
      const Item = { pk: { S: newKey().pk }, sk: { S: 'ROW' } };
      const write = new sdk.TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: tableName, Item } }] });

      expect(await outcomeOf(client.send(write))).toBe(expectedOn(table(), 'transactions'));
    });

    it('to delete what has expired', async () => {
      const { client, tableName } = table();
      const expiry = { AttributeName: tableShape.ttl, Enabled: true };
      const write = new sdk.UpdateTimeToLiveCommand({ TableName: tableName, TimeToLiveSpecification: expiry });

      expect(await outcomeOf(client.send(write))).toBe(expectedOn(table(), 'expiry'));
    });

    it('never a request for its rate, so the names of those errors are taken from the SDK', () => {
      const names = Object.keys(sdk).filter((name) =>
        /(Throughput|Throttling|RequestLimit).*(Exception|Exceeded)$/.test(name),
      );

      expect(names.toSorted()).toEqual([
        'ProvisionedThroughputExceededException',
        'RequestLimitExceeded',
        'ThrottlingException',
      ]);
      expect(names.filter((name) => !throttlingErrors.some((known) => known === name))).toEqual([]);
      expect(isThrottle(new sdk.ThrottlingException({ message: 'slow down', $metadata: {} }))).toBe(true);
    });
  });
}
