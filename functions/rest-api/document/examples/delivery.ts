import { event } from './webhook';

const headers = {
  'content-type': 'application/json',
  'webhook-id': 'dlv_01KG9V1S3A4B5C6D7E8F9G0H1J027K3M9P2Q4R',
  'webhook-timestamp': '1769861101',
  'webhook-signature': 'v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4=',
};

export const delivery = {
  id: 'dlv_01KG9V1S3A4B5C6D7E8F9G0H1J027K3M9P2Q4R',
  event: 'campaign.kickoff',
  run_id: 1,
  step_index: 2,
  endpoint_id: 'ep_7k3m9p2q4r',
  url: 'https://hooks.example.com/campaigns',
  status: 'delivered',
  ended_reason: null,
  attempts_made: 1,
  next_attempt_at: null,
  created_at: '2026-01-31T12:05:01.200Z',
  waiting_until: null,
};
export const listedDelivery = {
  ...delivery,
  attempts: [
    {
      number: 1,
      trigger: 'event',
      at: '2026-01-31T12:05:01.420Z',
      duration_ms: 84,
      response_status: 204,
      error_class: null,
    },
  ],
};
export const deliveryDetail = {
  ...delivery,
  request: { headers, body: JSON.stringify(event) },
  attempts: [
    {
      number: 1,
      trigger: 'event',
      at: '2026-01-31T12:05:01.420Z',
      duration_ms: 84,
      url: 'https://hooks.example.com/campaigns',
      request_headers: headers,
      address: '203.0.113.7',
      response_status: 204,
      response_excerpt: null,
      error: null,
    },
  ],
  verify_command: "printf '%s' '…' | openssl dgst -sha256 …",
};
export const redeliveredFailed = {
  count: 2,
  redelivered: 2,
  left_this_hour: 998,
  has_more: false,
  next_cursor: null,
};
