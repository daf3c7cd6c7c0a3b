import { appearance } from './appearance';
import { connectingLooks } from './connecting-looks';
import { describeInTheDashboard } from './in-the-dashboard';
import { reference } from './reference';
import { webhooks } from './webhooks';

describeInTheDashboard('appearance, webhooks and the reference', appearance, connectingLooks, webhooks, reference);
