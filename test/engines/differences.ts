import type { EngineName } from './engine/engine';

interface Differing {
  /** What DynamoDB documents. */
  readonly documented: string;
  /** What engines do instead. */
  readonly instead: Readonly<Partial<Record<EngineName, string>>>;
  /** Why the product does not depend on it. */
  readonly product: string;
}

const everywhere = (outcome: string) => ({ dynalite: outcome, MiniStack: outcome, 'DynamoDB Local': outcome });

/**
 * Everything in which an engine is known to differ from DynamoDB's documentation. The suite expects each difference, so it
 * fails as well if one goes away. No engine refuses a request for its rate; the fault walk does that.
 */
const known = {
  'the row in a refusal': {
    documented: 'returned',
    instead: { dynalite: 'absent' },
    product: 'It never asks for the row. Whoever must know why a write was refused reads again, consistently.',
  },
  'texts compared in a condition': {
    documented: 'by their bytes in UTF-8',
    instead: { dynalite: 'by their units of UTF-16' },
    product: 'Only times are compared, and they are ASCII. Sort keys are ordered by bytes on every engine.',
  },
  'two values compared with each other': {
    documented: 'an operand is an attribute',
    instead: { ...everywhere('accepted'), memory: 'ValidationException' },
    product: 'Two conditions did this until 2026-11-30. Now the code compares the values and chooses the condition.',
  },
  'an expression above 4 KB': {
    documented: 'ValidationException',
    instead: { dynalite: 'accepted' },
    product: 'Every test that starts a table fails if a store sends such an expression.',
  },
  'a number added to a text': {
    documented: 'ValidationException',
    instead: { MiniStack: 'accepted' },
    product: 'What is counted is a number from its first write on.',
  },
  'a reserved word as a name': {
    documented: 'ValidationException',
    instead: { memory: 'accepted' },
    product: 'dynalite refuses it, and npm test sends every expression of the stores to dynalite.',
  },
  'an attribute set twice': {
    documented: 'ValidationException',
    instead: { MiniStack: 'accepted' },
    product: 'dynalite refuses it too, so npm test would find it.',
  },
  'what one response reads by key': {
    documented: 'up to 16 MB',
    instead: { dynalite: 'up to 1 MB', MiniStack: 'everything' },
    product: 'Reads by key ask for what is left until nothing is left.',
  },
  'what a read consumed': {
    documented: 'as many units as its size needs',
    instead: { MiniStack: 'one unit, and of a batch none' },
    product: 'It never asks. The tests of read units do, so they need another engine.',
  },
  'a page whose rows the filter drops': {
    documented: 'ends at 1 MB',
    instead: { 'DynamoDB Local': 'goes on' },
    product: 'Readers go on until there is no next page, however many rows a page has.',
  },
  'an index after a write': {
    documented: 'follows later',
    instead: { ...everywhere('follows at once'), memory: 'follows at once' },
    product:
      'No decision is taken from an index. Lists read the rows by key and skip those that are gone; recovery and settlement ' +
      'write on condition that the row is as the index showed it, and pass again a minute later.',
  },
  'a key above its length': {
    documented: 'ValidationException',
    instead: { dynalite: 'accepted' },
    product: 'Ids, addresses and hosts have bounded lengths before they become keys, of at most 300 bytes.',
  },
  'a key of an index above 2048 bytes': {
    documented: 'ValidationException',
    instead: { dynalite: 'accepted', MiniStack: 'accepted' },
    product: 'Parents are made from tenant ids and ids of a fixed form, and filters of at most 100 characters.',
  },
  'an empty key of an index': {
    documented: 'ValidationException',
    instead: { dynalite: 'accepted' },
    product: 'Parents, shards and times are never empty.',
  },
  'a value nested 33 levels deep': {
    documented: 'ValidationException',
    instead: { dynalite: 'accepted' },
    product: 'Recipes, inputs and bodies are stored as JSON text. Nothing else in a row nests more than 5 levels.',
  },
  'the table, asked for in another Region': {
    documented: 'ResourceNotFoundException',
    instead: { dynalite: 'accepted' },
    product:
      'All its clients take the Region of the stack. A test of the operator takes another, so it needs dynalite.',
  },
  transactions: {
    documented: 'accepted',
    instead: { dynalite: 'UnknownOperationException' },
    product: 'There are none: docs/decisions/table.md. A test that starts a table fails if a store sends one.',
  },
  expiry: {
    documented: 'accepted',
    instead: { dynalite: 'UnknownOperationException' },
    product: 'Expiry is judged when reading, because DynamoDB deletes days late.',
  },
} satisfies Readonly<Record<string, Differing>>;

export type Difference = keyof typeof known;
export const differences: Readonly<Record<Difference, Differing>> = known;
