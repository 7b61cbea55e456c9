"""Names as they are usual in a country."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Locale:
    """A country with its public holidays, its time zone and its names."""

    country: str
    subdivision: str | None
    timezone: str
    towns: tuple[str, ...]
    given_names: tuple[str, ...]
    family_names: tuple[str, ...]


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


LOCALES = (
    Locale(
        country="PL",
        subdivision=None,
        timezone="Europe/Warsaw",
        towns=_names(
            "Kielce Radom Tarnów Elbląg Płock Opole Chełm Zamość Leszno Konin Suwałki Piła Krosno Ełk"
        ),
        given_names=_names(
            "Anna Piotr Ewa Marek Joanna Paweł Dorota Adam Monika Tomasz Iwona Rafał Halina Jerzy Zofia "
            "Szymon Beata Grzegorz Agata Kamil"
        ),
        family_names=_names(
            "Nowak Mazur Sikora Wilk Dudek Pawlak Sowa Kubiak Bąk Czajka Gajda Wrona Kos Lis Marzec Zając "
            "Gil Szpak Orzeł Drozd Kania Kruk Wróbel Dzięcioł"
        ),
    ),
    Locale(
        country="CZ",
        subdivision=None,
        timezone="Europe/Prague",
        towns=_names("Olomouc Zlín Jihlava Opava Kolín Přerov Znojmo Třebíč Tábor Písek Chrudim Litomyšl"),
        given_names=_names(
            "Jan Jana Petr Marie Tomáš Eva Jiří Hana Pavel Lenka Martin Věra Karel Alena Ondřej Lucie"
        ),
        family_names=_names(
            "Novák Dvořák Beneš Král Sova Vrána Holub Kos Malý Veselý Zeman Bureš Pokorný Mareš Hájek "
            "Kadlec Vlk Jelínek Sýkora Čáp"
        ),
    ),
    Locale(
        country="DE",
        subdivision="SN",
        timezone="Europe/Berlin",
        towns=_names(
            "Zwickau Plauen Görlitz Bautzen Freiberg Pirna Riesa Döbeln Meißen Grimma Torgau Zittau"
        ),
        given_names=_names(
            "Anja Jens Katrin Uwe Silke Frank Heike Jörg Petra Steffen Ines Torsten Birgit Ralf Jana Maik"
        ),
        family_names=_names(
            "Richter Lange Krause Vogel Winkler Seidel Böhme Haase Ludwig Kühn Arnold Jahn Pohl Horn Busch "
            "Fiedler Lindner Götze Ulbricht Weiß"
        ),
    ),
)
