import { useKnownText } from './known-text';

interface ProfessionalActivity {
  profession?: string | null;
  mode?: string | null;
}

/** A profession and how it is practised; a code that the pages do not know is left out. */
export function useActivityText() {
  const known = useKnownText();
  return ({ profession, mode }: ProfessionalActivity): string =>
    [
      known(`proSanteConnect.activity.profession.${profession}`, ''),
      known(`proSanteConnect.activity.mode.${mode}`, ''),
    ]
      .filter(Boolean)
      .join(', ');
}
