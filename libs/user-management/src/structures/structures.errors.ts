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
} as const satisfies ErrorDefinitions;

/** Faults of a logo. */
export const structuresFields = {
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
