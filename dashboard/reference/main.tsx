import { createRoot } from 'react-dom/client';
import { AppStore } from 'redoc';
import { currentAddress, followAddresses } from './address';
import { completeDocument } from './complete-document';
import { loadDocument } from './load-document';
import { options } from './options';
import { Page } from './page';
import { takeErrors } from './take-errors';

/** Shows openapi.json in the element, in place of the list of errors that the page contains for readers without scripts. */
async function showReference(place: HTMLElement): Promise<void> {
  try {
    const errors = takeErrors(place);
    const document = completeDocument(await loadDocument(), errors);
    const find = (id: string) => currentAddress(document, errors, id);
    followAddresses(find);
    createRoot(place).render(<Page store={new AppStore(document, undefined, options)} />);
  } catch (error) {
    place.dataset['state'] = 'failed';
    throw error;
  }
}

const place = document.getElementById('reference');
if (place !== null) void showReference(place);
