import { describeInTheDashboard } from '../in-the-dashboard';
import { byKeyboard } from './editor/by-keyboard';
import { byMouse } from './editor/by-mouse';
import { byTouch } from './editor/by-touch';
import { undoing } from './editor/undoing';

describeInTheDashboard('the recipe editor', byMouse, byKeyboard, byTouch, undoing);
