"""Where missions are carried out, on the communes of the city; nothing is fetched from elsewhere."""

from functools import cache as once
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from khue.core.clock import today
from khue.directory.models import Place
from khue.missions.models import Mission
from khue.office.charts import specification


def chart(rows: "QuerySet[Mission, Mission]") -> dict[str, Any] | None:
    """A point a commune, larger the more missions, among the communes around it; None where no mission has a place.
    Two queries."""
    grouped = rows.order_by().filter(place__latitude__isnull=False, place__longitude__isnull=False)
    columns = ("place__name", "place__kind", "place__latitude", "place__longitude", "place__parent")
    there = list(grouped.values_list(*columns).annotate(count=Count("pk")))
    if not there:
        return None
    points = [
        {"place": f"{kind} {name}", "lat": lat, "lon": lon, "count": count}
        for name, kind, lat, lon, _city, count in there
    ]
    cities = {city for *_place, city, _count in there}
    communes = Place.objects.as_of(today()).filter(parent__in=cities, latitude__isnull=False)
    ground = [
        {"place": f"{kind} {name}", "lat": lat, "lon": lon}
        for name, kind, lat, lon in communes.values_list("name", "kind", "latitude", "longitude")
    ]
    return {**_shape(get_language()), "datasets": {"ground": ground, "points": points}}


@once
def _shape(_language: str | None) -> dict[str, Any]:
    import altair as alt

    place = alt.Tooltip("place:N", title=_("Place"))
    at = {"longitude": "lon:Q", "latitude": "lat:Q"}
    ground = alt.Chart(alt.NamedData(name="ground")).mark_circle(size=14, color="#8b93a1", opacity=0.55)
    count = alt.Tooltip("count:Q", title=_("Missions"))
    size = alt.Size("count:Q", legend=None, scale=alt.Scale(range=[160, 900], domainMin=1))
    points = alt.Chart(alt.NamedData(name="points")).mark_circle(color="#2f6aa8", opacity=0.85, stroke="#fff")
    layers = ground.encode(**at, tooltip=[place]) + points.encode(**at, size=size, tooltip=[place, count])
    return specification(layers.project("mercator").properties(width="container", height=360))
