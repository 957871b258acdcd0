import { computed, onScopeDispose, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { setFace } from '../../../api/administration.api';
import type { ApiProblem } from '../../../api/problem';
import type { AdminFace, Face } from '../../../api/types';
import { useForm } from '../../../composables/form';
import { learnOfMove } from '../shared/moved';

const LARGEST = 20_000;
/** Colour of the service; the default. */
const USUAL = '#0a5650';

interface FaceFormOptions {
  structure: () => { id: string; name: string };
  face: () => AdminFace;
  /** `darkened`: the colour that is stored instead of the chosen one. */
  saved: (darkened?: string) => void;
  /** Another administrator changed the structure meanwhile: emitted to read it again. */
  moved: () => void;
}

/** Form for the branding of a structure, with its preview. */
export function useFaceForm({ structure, face, saved, moved }: FaceFormOptions) {
  const { t } = useI18n();
  const form = useForm({
    initial: () => ({
      displayName: face().displayName ?? '',
      file: null as File | null,
      removed: false,
      coloured: face().accent !== null,
      accent: face().accent ?? USUAL,
      reason: '',
    }),
    rules: { file: ({ file }) => (file && file.size > LARGEST ? t('administration.face.refused.size') : '') },
    refusals: { file: (problem) => logoRefusal(problem) },
    submit,
  });
  const chosen = useFileAddress(() => form.values.file);
  const shown = computed<Face>(() => ({
    name: form.values.displayName.trim() || structure().name,
    logo: chosen.value ?? (form.values.removed ? null : face().logo),
    accent: form.values.coloured ? form.values.accent : null,
  }));

  function logoRefusal(problem: ApiProblem): string {
    const reason = problem.reasonOf('logo');
    return reason ? t(`administration.face.refused.${reason}`) : '';
  }
  async function submit(): Promise<void> {
    const { displayName, file, removed, coloured, accent, reason } = form.values;
    const asked = coloured ? accent.toLowerCase() : null;
    const kept = await setFace(structure().id, face().version, {
      displayName: displayName.trim() || null,
      ...(file ? { logo: await file.text() } : removed && { logo: null }),
      accent: asked,
      ...(reason.trim() && { reason: reason.trim() }),
    }).catch(learnOfMove(moved));
    saved(kept.accent !== null && kept.accent !== asked ? kept.accent : undefined);
  }
  return { form, shown };
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
