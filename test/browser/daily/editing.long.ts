import { describeInTheDashboard } from '../in-the-dashboard';
import { editing } from './editing';

describeInTheDashboard('daily use: editing', editing);
