import * as ace from 'ace-builds';
import 'ace-builds/css/ace.css';
import 'ace-builds/css/theme/cloud_editor.css';
import 'ace-builds/css/theme/cloud_editor_dark.css';
import 'ace-builds/src-noconflict/ext-language_tools';
import 'ace-builds/src-noconflict/ext-searchbox';
import 'ace-builds/src-noconflict/mode-json';
import 'ace-builds/src-noconflict/theme-cloud_editor';
import 'ace-builds/src-noconflict/theme-cloud_editor_dark';
import workerUrl from 'ace-builds/src-noconflict/worker-json?url';

// The content security policy refuses style elements, and workers that are created from text.
ace.config.set('useStrictCSP', true);
ace.config.set('loadWorkerFromBlob', false);
ace.config.setModuleUrl('ace/mode/json_worker', workerUrl);

ace.config.setDefaultValue('editor', 'showPrintMargin', false);

/** Ace, whose editors begin with a text. Undo ends there, and not at an empty editor. */
export function startingWith(text: string, label: string): object {
  const edit = (element: HTMLElement, options: Partial<ace.Ace.EditorOptions>) => {
    const editor = ace.edit(element, options);
    // Ace puts the label before the place of the cursor, and does so when the text or the cursor changes.
    editor.setOption('textInputAriaLabel', label);
    editor.session.setValue(text);
    return editor;
  };
  return { ...ace, edit };
}
