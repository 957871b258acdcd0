import type { ErrorDefinitions, FieldTexts } from '@portillon/kernel';

/** Errors of structures. */
export const structuresErrors = {
  'structure.taken': {
    status: 409,
    fr: {
      title: 'Structure déjà créée',
      detail: 'Une autre structure a déjà ce nom, ce FINESS ou ce SIRET.',
    },
    en: {
      title: 'Structure already there',
      detail: 'Another structure has this name, this FINESS or this SIRET already.',
    },
  },
  'structure.parent-invalid': {
    status: 422,
    fr: {
      title: 'Rattachement impossible',
      detail: 'Cette structure ne peut pas faire partie de ce groupement.',
    },
    en: {
      title: 'Position not possible',
      detail: 'This structure cannot be part of this grouping.',
    },
  },
} as const satisfies ErrorDefinitions;

/** Faults of a position in the tree, and of a logo. */
export const structuresFields = {
  'parent-unknown': { fr: 'Ce groupement n’existe pas.', en: 'This grouping does not exist.' },
  'parent-not-grouping': {
    fr: 'Seul un groupement contient d’autres structures.',
    en: 'Only a grouping contains other structures.',
  },
  'parent-below': {
    fr: 'Une structure ne fait pas partie d’elle-même, ni d’une structure qu’elle contient.',
    en: 'A structure is not part of itself, nor of a structure that it contains.',
  },
  'too-many-levels': {
    fr: 'Il y aurait plus de quatre niveaux de structures.',
    en: 'There would be more than four levels of structures.',
  },
  'structures-below': {
    fr: 'Ce groupement contient des structures\u00a0: détachez-les d’abord.',
    en: 'This grouping contains structures: detach them first.',
  },
  size: { fr: 'Ce fichier dépasse 20\u00a0ko.', en: 'This file is larger than 20 kB.' },
  unreadable: { fr: 'Ce n’est pas un fichier SVG lisible.', en: 'This is not a readable file of SVG.' },
  'no-dimensions': {
    fr: 'Ce SVG ne dit pas sa taille\u00a0: il lui faut un cadre (viewBox).',
    en: 'This SVG does not give its size: it needs a frame (viewBox).',
  },
  active: {
    fr: 'Ce SVG contient du code ou une animation\u00a0: gardez-en le dessin seul.',
    en: 'This SVG contains code or an animation: keep the drawing alone.',
  },
  outside: {
    fr: 'Ce SVG appelle un fichier ou une police d’ailleurs\u00a0: mettez tout dans le dessin.',
    en: 'This SVG uses a file or a font from elsewhere: put everything into the drawing.',
  },
  unsupported: {
    fr: 'Ce SVG contient plus que des formes\u00a0: transformez tout en tracés.',
    en: 'This SVG contains more than shapes: turn everything into paths.',
  },
  'too-many': {
    fr: 'Ce dessin est trop complexe\u00a0: simplifiez-le.',
    en: 'This drawing is too complex: simplify it.',
  },
} as const satisfies FieldTexts;

declare module '@portillon/kernel' {
  interface ErrorRegistry {
    administrationStructures: typeof structuresErrors;
  }
}
