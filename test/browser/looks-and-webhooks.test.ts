import { appearance } from './appearance';
import { connectingLooks } from './connecting-looks';
import { describeInTheDashboard } from './in-the-dashboard';
import { webhooks } from './webhooks';

describeInTheDashboard('appearance and webhooks', appearance, connectingLooks, webhooks);
