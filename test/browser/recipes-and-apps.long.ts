import { authoring } from './authoring';
import { connectedApps } from './connected-apps';
import { connecting } from './connecting';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('recipes and apps', authoring, connectedApps, connecting);
