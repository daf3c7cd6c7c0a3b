/** What stands for DynamoDB. `DynamoDB Local` is AWS's own program, for whoever has it; simulations have a table in memory. */
export type EngineName = 'dynalite' | 'MiniStack' | 'DynamoDB Local' | 'memory';

export interface Engine {
  readonly name: EngineName;
  readonly endpoint: string;
  readonly stop: () => Promise<void>;
}
