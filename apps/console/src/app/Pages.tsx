import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Loading } from '../parts/Loading.tsx';
import { TodayPage } from '../today/TodayPage.tsx';
import { NotFound } from './NotFound.tsx';

const OrdersPage = lazy(async () => ({ default: (await import('../orders/OrdersPage.tsx')).OrdersPage }));
const OrderPage = lazy(async () => ({ default: (await import('../orders/OrderPage.tsx')).OrderPage }));
const PlansPage = lazy(async () => ({ default: (await import('../plans/PlansPage.tsx')).PlansPage }));
const PlanPage = lazy(async () => ({ default: (await import('../plans/PlanPage.tsx')).PlanPage }));
const PostsPage = lazy(async () => ({ default: (await import('../posts/PostsPage.tsx')).PostsPage }));
const PostPage = lazy(async () => ({ default: (await import('../posts/PostPage.tsx')).PostPage }));
const ParcelsPage = lazy(async () => ({ default: (await import('../parcels/ParcelsPage.tsx')).ParcelsPage }));
const ParcelPage = lazy(async () => ({ default: (await import('../parcels/ParcelPage.tsx')).ParcelPage }));
const StockPage = lazy(async () => ({ default: (await import('../stock/StockPage.tsx')).StockPage }));
const PlacementPage = lazy(async () => ({ default: (await import('../stock/PlacementPage.tsx')).PlacementPage }));
const StylePage = lazy(async () => ({ default: (await import('../style/StylePage.tsx')).StylePage }));

/** Which page an address shows. */
export const Pages = () => (
  <Suspense fallback={<Loading />}>
    <Switch>
      <Route path="/" component={TodayPage} />
      <Route path="/orders" component={OrdersPage} />
      <Route path="/orders/:id">{({ id }) => <OrderPage key={id} id={id} />}</Route>
      <Route path="/plans" component={PlansPage} />
      <Route path="/plans/:id">{({ id }) => <PlanPage key={id} id={id} />}</Route>
      <Route path="/parcels" component={ParcelsPage} />
      <Route path="/parcels/:id">{({ id }) => <ParcelPage key={id} id={id} />}</Route>
      <Route path="/posts" component={PostsPage} />
      <Route path="/posts/:id">{({ id }) => <PostPage key={id} id={id} />}</Route>
      <Route path="/stock" component={StockPage} />
      <Route path="/stock/:id">{({ id }) => <PlacementPage key={id} id={id} />}</Route>
      <Route path="/style" component={StylePage} />
      <Route component={NotFound} />
    </Switch>
  </Suspense>
);
