/** The access levels of the service authorization reference, from the least to the most powerful. */
export const ACCESS_LEVELS = ['List', 'Read', 'Write', 'Tagging', 'Permissions management'] as const;

/** What kind of access an action gives, in the words of the service authorization reference. */
export type AccessLevel = (typeof ACCESS_LEVELS)[number];
