import { describeInTheDashboard } from '../in-the-dashboard';
import { starting } from './starting';

describeInTheDashboard('runs', starting);
