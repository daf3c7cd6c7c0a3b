import { addresses } from './daily/addresses';
import { firstPaint } from './daily/first-paint';
import { tenants } from './daily/tenants';
import { describeInTheDashboard } from './in-the-dashboard';

describeInTheDashboard('daily use', addresses, tenants, firstPaint);
