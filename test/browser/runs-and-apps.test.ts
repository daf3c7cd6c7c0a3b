import { authoring } from './authoring';
import { connectedApps } from './connected-apps';
import { connecting } from './connecting';
import { describeInTheDashboard } from './in-the-dashboard';
import { running } from './running';

describeInTheDashboard('runs, recipes and apps', running, authoring, connectedApps, connecting);
