import { authoring } from './authoring';
import { describeInTheDashboard } from './in-the-dashboard';
import { running } from './running';

describeInTheDashboard('runs and recipes', running, authoring);
