import { useKnownText } from './known-text';

interface ProfessionalActivity {
  profession?: string | null;
  mode?: string | null;
}

/** Returns a profession and its form of practice; an unknown code is left out. */
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
