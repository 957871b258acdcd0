/** What a structure is recognised by, beside its registered name. */
export interface StructureBranding {
  /** As people say it; null: as it is registered. */
  displayName: string | null;
  /** The name of its logo, which is that of its content; null: it has none. */
  logo: string | null;
  /** `#rrggbb`, dark enough to be read on white. */
  accent: string | null;
}

/** What people are shown: a name in any case. */
export interface ShownBranding extends Pick<StructureBranding, 'logo' | 'accent'> {
  name: string;
}

/** What is kept of a face: `logo` as a file of SVG, null for none, left out for the one that is there. */
export interface NewBranding {
  displayName: string | null;
  logo?: string | null;
  accent: string | null;
}
