/** What stands for DynamoDB. `DynamoDB Local` is AWS's own program, for whoever has it. */
export type EngineName = 'dynalite' | 'MiniStack' | 'DynamoDB Local';

export interface Engine {
  readonly name: EngineName;
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}
