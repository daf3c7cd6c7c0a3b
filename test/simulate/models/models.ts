import * as admission from './admission/designs';
import { admissionModel } from './admission/model';
import * as delivery from './delivery/designs';
import { deliveryModel } from './delivery/model';
import { search, type Searched } from './search';

/** A model within a scope, or with a planted bug. */
export interface Searchable {
  readonly model: 'admission with settlement' | 'delivery with recovery';
  readonly name: string;
  readonly run: () => Searched;
}

export interface SearchableBug extends Searchable {
  /** What the search says of it. */
  readonly found: RegExp;
}

const admissionOf = (scopes: typeof admission.scopes) =>
  scopes.map((scope): Searchable => ({
    model: 'admission with settlement',
    name: scope.name,
    run: () => search(admissionModel(scope, admission.soundDesign)),
  }));
const deliveryOf = (scopes: typeof delivery.scopes) =>
  scopes.map((scope): Searchable => ({
    model: 'delivery with recovery',
    name: scope.name,
    run: () => search(deliveryModel(scope, delivery.soundDesign)),
  }));

/** Every state of each is visited. */
export const scopes: readonly Searchable[] = [...admissionOf(admission.scopes), ...deliveryOf(delivery.scopes)];

/** Small enough for every `npm test`. */
export const smallScopes: readonly Searchable[] = [
  ...admissionOf(admission.smallScopes),
  ...deliveryOf(delivery.smallScopes),
];

export const plantedBugs: readonly SearchableBug[] = [
  ...admission.plantedBugs.map(({ name, scope, design, found }): SearchableBug => ({
    model: 'admission with settlement',
    name,
    found,
    run: () => search(admissionModel(scope, design)),
  })),
  ...delivery.plantedBugs.map(({ name, scope, design, found }): SearchableBug => ({
    model: 'delivery with recovery',
    name,
    found,
    run: () => search(deliveryModel(scope, design)),
  })),
];
