import { describeInTheDashboard } from '../in-the-dashboard';
import { byKeyboard } from './editor/by-keyboard';
import { byMouse } from './editor/by-mouse';
import { byTouch } from './editor/by-touch';
import { comparing } from './editor/comparing';
import { declaring } from './editor/declaring';
import { previewing } from './editor/previewing';
import { undoing } from './editor/undoing';

describeInTheDashboard('the recipe editor', byMouse, byKeyboard, byTouch, undoing, previewing, declaring, comparing);
