import { describeInTheDashboard } from '../in-the-dashboard';
import { recentBars } from './recent-bars';
import { requests } from './requests';
import { runPicture } from './picture';
import { wholePath } from './whole-path';

// The first retry comes soon, and the next one is far enough away to be seen ahead in time.
beforeAll(() => {
  process.env['RETRY_SECONDS'] = '1,600';
});
afterAll(() => {
  delete process.env['RETRY_SECONDS'];
});

describeInTheDashboard('the picture of a run', runPicture, recentBars, requests, wholePath);
