import { appearance } from './appearance';
import { describeInTheDashboard } from './in-the-dashboard';
import { webhooks } from './webhooks';

describeInTheDashboard('appearance and webhooks', appearance, webhooks);
