import { describeInTheDashboard } from '../in-the-dashboard';
import { byKeyboard } from './editor/keyboard';
import { byMouse } from './editor/mouse';
import { byTouch } from './editor/finger';
import { comparing } from './editor/comparing';
import { declaring } from './editor/declaring';
import { previewing } from './editor/previewing';
import { undoing } from './editor/undoing';

describeInTheDashboard('the recipe editor', byMouse, byKeyboard, byTouch, undoing, previewing, declaring, comparing);
