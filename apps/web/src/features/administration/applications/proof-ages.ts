import { useRuleTexts } from './gate/gate-rule-texts';

/** In seconds: from five minutes to a day. */
const AGES = [300, 900, 1_800, 3_600, 14_400, 28_800, 86_400];

/** Choices for the maximum age of the proof of identity. Includes `given`, in seconds. */
export function useProofAges() {
  const { age } = useRuleTexts();
  return (given: string, none: string) => {
    const offered = [...new Set([...AGES, ...(given ? [Number(given)] : [])])].sort((a, b) => a - b);
    return [
      { value: '', text: none },
      ...offered.map((seconds) => ({ value: String(seconds), text: age(seconds) })),
    ];
  };
}
