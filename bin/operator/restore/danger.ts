/** What goes wrong if the rows of the restored table are copied back, or if it becomes the live table, without a decision. */
export type DangerKind =
  | 'counter_behind'
  | 'run_repeats'
  | 'delivery_repeats'
  | 'token_revived'
  | 'app_revived'
  | 'member_revived'
  | 'endpoint_revived'
  | 'secret_outdated'
  | 'lost_in_live'
  | 'altered_in_live';

export interface Danger {
  readonly kind: DangerKind;
  /** What it is about, by the name that people use: `run 12`, `token tok_…`. */
  readonly subject: string;
  /** What each table says, without anything secret. */
  readonly live: string;
  readonly restored: string;
}

/** What to do about each kind. docs/operate.md has the same kinds. */
export const adviceOn: Readonly<Record<DangerKind, string>> = {
  counter_behind:
    'Do not copy the row of this tenant back, because numbers would be handed out twice: change single attributes of the live row.',
  run_repeats:
    'Do not copy these runs back: they went on in live, and their steps and webhooks from the restored cursor on would happen again.',
  delivery_repeats: 'Do not copy these deliveries back: attempts that were made in live would be made again.',
  token_revived: 'Do not copy these tokens back; if the restored table becomes the live one, revoke them in it first.',
  app_revived: 'Do not copy these apps back; if the restored table becomes the live one, revoke them in it first.',
  member_revived:
    'Do not copy these members back; if the restored table becomes the live one, take the access from them in it first.',
  endpoint_revived:
    'Ask the tenant before events are sent there again: the endpoint was disabled or deleted after the restored moment.',
  secret_outdated:
    'Do not copy these endpoints back: their receivers no longer accept the older signing secret, or it had leaked.',
  lost_in_live: 'Copy these rows back: the product never deletes them, so somebody did, or a write went wrong.',
  altered_in_live:
    'Compare both rows and copy the right one back: the product never changes what differs here, so somebody did.',
};
