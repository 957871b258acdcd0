import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './App.vue';
import { guardCalls } from './api/call';
import { prepareClient } from './api/client';
import { takeAnswer } from './api/page-answers';
import { countVisit } from './composables/page/arrival';
import { failNavigation, forgetUnreachedPage, watchPageFailures } from './composables/page/page-failure';
import { installQueries } from './composables/queries';
import { i18n, loadRefusals } from './locales';
import { router } from './router';
import { guardPages } from './router/session.guard';
import { useLocaleStore } from './stores/locale.store';
import { useServerClockStore } from './stores/server-clock.store';
import { useSessionStore } from './stores/session.store';
import { useStepUpStore } from './stores/step-up.store';
import './styles.css';

const app = createApp(App).use(createPinia()).use(i18n);
installQueries(app);
const sessions = useSessionStore();
const stepUp = useStepUpStore();
const serverClock = useServerClockStore();

serverClock.observe(takeAnswer('now') ?? null);
prepareClient(serverClock.observe);
guardCalls({
  stepUp: stepUp.ask,
  sessionLost: () => {
    stepUp.settle(false);
    sessions.lose();
  },
});
await useLocaleStore().restore();
router.beforeEach(countVisit);
guardPages(router);
watchPageFailures(app);
router.onError(failNavigation);
router.afterEach(forgetUnreachedPage);
app.use(router).mount('#app');
// No page shows a refusal before the API answered: its texts are not in the first load.
void loadRefusals();
