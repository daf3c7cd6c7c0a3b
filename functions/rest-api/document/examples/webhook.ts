export const envelope = {
  type: 'campaign.kickoff',
  timestamp: '2026-01-31T12:05:01.200Z',
  data: { campaign: 'Spring Promo' },
  run: { id: 1, uid: 'run_01KG9V1S3A4B5C6D7E8F9G0H1J', workflow_id: 1 },
};
