/** The name of the plugin, which stands before every id: all packs have it. */
export const PACK_NAME = 'LeastAgency';
