import type { Context } from "../context";
import type { Endpoint } from "../endpoint";
import { accountRoutes } from "./accounts";
import { annotationRoutes } from "./annotations";
import { bookStatusRoutes } from "./book-status";
import { catalogueRoutes } from "./catalogue";
import { coverRoutes } from "./covers";
import { downloadRoutes } from "./download";
import { healthRoutes } from "./health";
import { inboxRoutes } from "./inbox";
import { kosyncRoutes } from "./kosync";
import { moreCatalogueRoutes } from "./more-catalogue";
import { pairingRoutes } from "./pairing";
import { pluginKeyRoutes } from "./plugin-keys";
import { pluginPackageRoutes } from "./plugin-package";
import { positionRoutes } from "./position";
import { positionHistoryRoutes } from "./position-history";
import { ratingRoutes } from "./rating";
import { readingStatusRoutes } from "./reading-status";
import { releaseRoutes } from "./release";
import { resolveRoutes } from "./resolve";
import { savedFilterRoutes } from "./saved-filters";
import { sessionRoutes } from "./session";
import { shelfRoutes } from "./shelves";
import { statisticsRoutes } from "./statistics";
import { sweepRoutes } from "./sweep";
import { webAnnotationRoutes } from "./web-annotations";

/** All that Shelf answers; one file per part of the API. */
export function allRoutes(context: Context): Endpoint[] {
  return [
    healthRoutes(),
    accountRoutes(context),
    pluginKeyRoutes(context),
    resolveRoutes(context),
    positionRoutes(context),
    positionHistoryRoutes(context),
    sessionRoutes(context),
    ratingRoutes(context),
    readingStatusRoutes(context),
    bookStatusRoutes(context),
    catalogueRoutes(context),
    moreCatalogueRoutes(context),
    shelfRoutes(context),
    savedFilterRoutes(context),
    coverRoutes(context),
    downloadRoutes(context),
    annotationRoutes(context),
    webAnnotationRoutes(context),
    sweepRoutes(context),
    statisticsRoutes(context),
    inboxRoutes(context),
    pairingRoutes(context),
    pluginPackageRoutes(context),
    releaseRoutes(context),
    kosyncRoutes(context),
  ].flat();
}
