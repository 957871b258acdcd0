import { computed, onScopeDispose, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { setFace } from '../../../api/administration.api';
import type { ApiProblem } from '../../../api/problem';
import type { AdminFace, Face } from '../../../api/types';
import { useEdits } from './edits';

const LARGEST = 20_000;
/** Colour of the service; the default. */
const USUAL = '#0a5650';

/** The branding as typed. */
export type TypedFace = ReturnType<typeof typedFace>;

function typedFace({ displayName, accent }: AdminFace) {
  return {
    displayName: displayName ?? '',
    file: null as File | null,
    removed: false,
    coloured: accent !== null,
    accent: accent ?? USUAL,
  };
}

interface FaceFormOptions {
  structure: () => { id: string; name: string };
  face: () => AdminFace;
  reason: () => string | undefined;
  /** Reads the structure again. */
  read: () => Promise<unknown>;
}

/** Form for the branding of a structure, with its preview, and the colour that was stored instead of a lighter one. */
export function useFaceForm({ structure, face, reason, read }: FaceFormOptions) {
  const { t } = useI18n();
  const darkened = ref('');
  const { form, changed } = useEdits(
    {
      initial: () => typedFace(face()),
      rules: {
        file: ({ file }) => (file && file.size > LARGEST ? t('administration.face.refused.size') : ''),
      },
      refusals: { file: logoRefusal },
      submit,
    },
    read,
  );
  const chosen = useFileAddress(() => form.values.file);
  const shown = computed<Face>(() => ({
    name: form.values.displayName.trim() || structure().name,
    logo: chosen.value ?? (form.values.removed ? null : face().logo),
    accent: form.values.coloured ? form.values.accent : null,
  }));

  function logoRefusal(problem: ApiProblem): string {
    const refused = problem.reasonOf('logo');
    return refused ? t(`administration.face.refused.${refused}`) : '';
  }
  async function submit({ displayName, file, removed, coloured, accent }: TypedFace): Promise<void> {
    const asked = coloured ? accent.toLowerCase() : null;
    const kept = await setFace(structure().id, face().version, {
      displayName: displayName.trim() || null,
      ...(file ? { logo: await file.text() } : removed && { logo: null }),
      accent: asked,
      reason: reason(),
    });
    darkened.value = kept.accent !== null && kept.accent !== asked ? kept.accent : '';
  }
  return { form, changed, shown, darkened };
}

/** Object URL of a file that was not sent yet. */
function useFileAddress(file: () => File | null) {
  const address = ref<string>();
  const drop = () => address.value && URL.revokeObjectURL(address.value);
  watch(file, (chosen) => {
    drop();
    address.value = chosen ? URL.createObjectURL(new Blob([chosen], { type: 'image/svg+xml' })) : undefined;
  });
  onScopeDispose(drop);
  return address;
}
