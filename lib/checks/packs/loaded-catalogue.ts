import type * as Catalogue from '../catalogue';
import type { Rule } from '../rule';

/** The catalogue of rules, loaded when it is first needed: many apps import the grants, and no pack. */
export function loadedCatalogue(): readonly Rule[] {
  const { CATALOGUE }: typeof Catalogue = require('../catalogue');
  return CATALOGUE;
}
