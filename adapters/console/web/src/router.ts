import { createRouter, createWebHistory } from 'vue-router';

import { admin_routes } from './admin/routes';
import { is_role, may_file, recall, sees_figures, session } from './state/session';

declare module 'vue-router' {
  interface RouteMeta {
    open?: boolean; // may be seen without signing in
    title: string;
    figures?: boolean; // of the whole zone
  }
}

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior: (to, _from, saved) => saved ?? (to.hash ? { el: to.hash } : { top: 0 }),
  routes: [
    { path: '/login', name: 'login', component: () => import('./pages/LoginPage.vue'), meta: { open: true, title: 'login.title' } },
    { path: '/', name: 'home', component: () => import('./pages/TasksPage.vue'), meta: { title: 'tasks.title' } },
    { path: '/cases', name: 'cases', component: () => import('./pages/CasesPage.vue'), meta: { title: 'cases.title' } },
    { path: '/report', name: 'report', component: () => import('./pages/ReportPage.vue'), meta: { title: 'report.title' } },
    { path: '/anonymous', name: 'anonymous', component: () => import('./pages/AnonymousPage.vue'), meta: { open: true, title: 'anonymous.title' } },
    { path: '/anonymous/report', name: 'anonymous_report', component: () => import('./pages/AnonymousReportPage.vue'), meta: { open: true, title: 'anonymous.report.title' } },
    { path: '/cases/:id/receipt', name: 'receipt', component: () => import('./pages/ReceiptPage.vue'), props: true, meta: { title: 'receipt.title' } },
    { path: '/cases/:id', name: 'case', component: () => import('./pages/CasePage.vue'), props: true, meta: { title: 'case.title' } },
    { path: '/account', name: 'account', component: () => import('./pages/AccountPage.vue'), meta: { title: 'account.title' } },
    { path: '/account/second-factor', name: 'factor', component: () => import('./pages/FactorPage.vue'), meta: { title: 'factor.title' } },
    { path: '/board', name: 'board', component: () => import('./pages/BoardPage.vue'), meta: { title: 'board.title' } },
    { path: '/decisions', name: 'decisions', component: () => import('./pages/DecisionsPage.vue'), meta: { title: 'decisions.title' } },
    { path: '/coverage', name: 'coverage', component: () => import('./pages/CoveragePage.vue'), meta: { title: 'coverage.title' } },
    { path: '/preview', name: 'preview', component: () => import('./pages/PreviewPage.vue'), meta: { title: 'preview.title' } },
    { path: '/reports', name: 'figures', component: () => import('./pages/FiguresPage.vue'), meta: { title: 'figures.title', figures: true } },
    { path: '/reports/print/:kind(weekly|monthly|quarterly)', name: 'figures-print', component: () => import('./pages/FiguresPrintPage.vue'), props: true, meta: { title: 'figures.print.title', figures: true } },
    { path: '/password', name: 'password', component: () => import('./pages/PasswordPage.vue'), meta: { title: 'password.title' } },
    ...admin_routes,
    { path: '/:path(.*)*', name: 'nowhere', component: () => import('./pages/NowherePage.vue'), meta: { open: true, title: 'nowhere.title' } },
  ],
});

router.beforeEach(async (to) => {
  await recall();
  if (!session.me && !to.meta.open) return { name: 'login', query: to.fullPath === '/' ? {} : { then: to.fullPath } };
  if (session.me && to.name === 'login') return { name: 'home' };
  if (session.me?.must_change && to.name !== 'password') return { name: 'password' };
  if (session.me?.must_enrol && !session.me.must_change && to.name !== 'factor') return { name: 'factor' };
  if (to.name === 'report' && !may_file()) return { name: 'home' };
  if (to.meta.figures && !sees_figures()) return { name: 'home' };
  // Whoever only reports comes to the report first, unless they ask for their list by name.
  if (to.name === 'home' && is_role('enterprise_union') && to.query['stay'] === undefined && to.redirectedFrom === undefined && first_visit()) return { name: 'report' };
  return true;
});

let visited = false;
function first_visit(): boolean {
  const first = !visited;
  visited = true;
  return first;
}
