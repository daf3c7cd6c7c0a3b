import { describeInTheDashboard } from '../in-the-dashboard';
import { inDepth } from './in-depth';
import { starting } from './starting';

// Each test takes seconds in a real browser. `npm test` starts runs in one, which needs most of what the dashboard has.
describeInTheDashboard('runs', starting, inDepth);
