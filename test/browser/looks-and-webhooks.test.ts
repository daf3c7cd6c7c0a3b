import { appearance } from './appearance';
import { connecting } from './connecting';
import { describeInTheDashboard } from './in-the-dashboard';
import { webhooks } from './webhooks';

describeInTheDashboard('appearance, webhooks and apps', appearance, webhooks, connecting);
