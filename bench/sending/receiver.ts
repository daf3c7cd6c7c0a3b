/** An HTTPS receiver on the loopback interface, which is called by a public name. */
export interface Receiver {
  readonly host: string;
  readonly port: number;
  /** Certificate authority of the receiver. */
  readonly ca: string;
}

export const sentBody = JSON.stringify({
  type: 'campaign.kickoff',
  timestamp: '2026-11-25T12:00:00.000Z',
  data: { campaign: 'Spring Promo', owner: 'marketing' },
  run: { id: 1, uid: 'run_01KAPQ00000000000000000001', workflow_id: 1 },
});
export const sentId = `dlv_${'0'.repeat(38)}`;
