import { nextTick, onMounted, ref, shallowRef } from 'vue';
import { useAttempt } from '../../composables/attempt';

interface RevocableList<Item> {
  list: () => Promise<Item[]>;
  end: (id: string) => Promise<unknown>;
  endAll: () => Promise<unknown>;
  /** Where the keyboard goes on when the button that it was on has gone with its line. */
  goOn: () => void;
}

/** A list whose lines a person may end, one or all; read again after each act. */
export function useRevocableList<Item>({ list, end, endAll, goOn }: RevocableList<Item>) {
  const { busy, problem, run } = useAttempt();
  const items = shallowRef<Item[] | null>(null);
  const ended = ref<'one' | 'all' | null>(null);

  async function read() {
    items.value = await list();
  }
  const act = (how: 'one' | 'all', revoke: () => Promise<unknown>) =>
    run(async () => {
      ended.value = null;
      await revoke();
      await read();
      ended.value = how;
      await nextTick();
      if (document.activeElement === document.body) goOn();
    });
  const load = () => run(read);
  onMounted(load);
  return {
    items,
    busy,
    problem,
    ended,
    load,
    end: (id: string) => act('one', () => end(id)),
    endAll: () => act('all', endAll),
  };
}
