import { createBrowserRouter, type RouteObject } from 'react-router';
import { Opening } from '../session/opening';
import { FirstPage } from './first-page';
import { PageCrash } from './page-crash';
import { Shell } from './shell';

/**
 * Every page is a chunk of its own, which is loaded when the page is opened, at the same time as its data. The main file
 * holds only what every page needs; tables and dialogs come with the first page that has them.
 */
const pages: readonly RouteObject[] = [
  { index: true, Component: FirstPage },
  { path: 'signed-in', Component: FirstPage },
  {
    path: 'overview',
    lazy: async () => ({ Component: (await import('../pages/overview/overview-page')).OverviewPage }),
  },
  {
    path: 'workflows',
    lazy: async () => ({ Component: (await import('../pages/workflows/workflows-page')).WorkflowsPage }),
  },
  {
    path: 'workflows/new',
    lazy: async () => ({ Component: (await import('../pages/recipe-editor/new-workflow-page')).NewWorkflowPage }),
  },
  {
    path: 'workflows/:workflowId',
    lazy: async () => ({ Component: (await import('../pages/workflow/workflow-page')).WorkflowPage }),
  },
  {
    path: 'workflows/:workflowId/edit',
    lazy: async () => ({ Component: (await import('../pages/recipe-editor/edit-workflow-page')).EditWorkflowPage }),
  },
  {
    path: 'workflow-runs',
    lazy: async () => ({ Component: (await import('../pages/workflow-runs/workflow-runs-page')).WorkflowRunsPage }),
  },
  {
    path: 'workflow-runs/:runId',
    lazy: async () => ({ Component: (await import('../pages/workflow-run/workflow-run-page')).WorkflowRunPage }),
  },
  {
    path: 'webhook-endpoints',
    lazy: async () => ({
      Component: (await import('../pages/webhook-endpoints/webhook-endpoints-page')).WebhookEndpointsPage,
    }),
  },
  {
    path: 'webhook-endpoints/:endpointId',
    lazy: async () => ({
      Component: (await import('../pages/webhook-endpoint/webhook-endpoint-page')).WebhookEndpointPage,
    }),
  },
  {
    path: 'webhook-deliveries',
    lazy: async () => ({
      Component: (await import('../pages/webhook-deliveries/webhook-deliveries-page')).WebhookDeliveriesPage,
    }),
  },
  {
    path: 'webhook-deliveries/:deliveryId',
    lazy: async () => ({
      Component: (await import('../pages/webhook-delivery/webhook-delivery-page')).WebhookDeliveryPage,
    }),
  },
  {
    path: 'access-tokens',
    lazy: async () => ({ Component: (await import('../pages/access-tokens/access-tokens-page')).AccessTokensPage }),
    children: [
      {
        index: true,
        lazy: async () => ({ Component: (await import('../pages/access-tokens/tokens/list')).TokenList }),
      },
      {
        path: 'connected-apps',
        lazy: async () => ({
          Component: (await import('../pages/access-tokens/connected-apps/list')).AppList,
        }),
      },
    ],
  },
  { path: 'usage', lazy: async () => ({ Component: (await import('../pages/usage/usage-page')).UsagePage }) },
  {
    path: 'activity',
    lazy: async () => ({ Component: (await import('../pages/activity/activity-page')).ActivityPage }),
  },
  { path: '*', lazy: async () => ({ Component: (await import('../pages/not-found/not-found-page')).NotFoundPage }) },
];

export function newRouter(): ReturnType<typeof createBrowserRouter> {
  return createBrowserRouter([
    {
      path: '/connect',
      HydrateFallback: Opening,
      ErrorBoundary: PageCrash,
      lazy: async () => ({ Component: (await import('../pages/connect/connect-page')).ConnectPage }),
    },
    {
      path: '/',
      Component: Shell,
      HydrateFallback: Opening,
      // Addresses name the tenant, but those that were typed or kept from before may not. The error boundary is around the
      // page only, so that the menu and the notices stay.
      children: [
        { path: 't/:tenantId', ErrorBoundary: PageCrash, children: [...pages] },
        { ErrorBoundary: PageCrash, children: [...pages] },
      ],
    },
  ]);
}
