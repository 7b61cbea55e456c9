/* Prints what libical reads in the calendars named: for each event file, UID, start and end in seconds
   since 1970, and each of libical's complaints, those of its check of iTIP's restrictions too; fields are
   parted by tabs. */
#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *content(const char *path) {
    FILE *file = fopen(path, "rb");
    long size;
    char *text;
    if (file == NULL || fseek(file, 0, SEEK_END) != 0 || (size = ftell(file)) < 0) exit(2);
    rewind(file);
    text = calloc((size_t)size + 1, 1);
    if (text == NULL || fread(text, 1, (size_t)size, file) != (size_t)size) exit(2);
    fclose(file);
    return text;
}

static void complain(const char *path, icalcomponent *component) {
    icalproperty *error;
    icalcomponent *part;
    for (error = icalcomponent_get_first_property(component, ICAL_XLICERROR_PROPERTY); error != NULL;
         error = icalcomponent_get_next_property(component, ICAL_XLICERROR_PROPERTY)) {
        printf("complaint\t%s\t%s\n", path, icalproperty_get_xlicerror(error));
    }
    for (part = icalcomponent_get_first_component(component, ICAL_ANY_COMPONENT); part != NULL;
         part = icalcomponent_get_next_component(component, ICAL_ANY_COMPONENT)) {
        complain(path, part);
    }
}

static long long seconds(icalcomponent *event, icalproperty_kind kind) {
    icalproperty *property = icalcomponent_get_first_property(event, kind);
    struct icaltimetype time = icalproperty_get_datetime_with_component(property, event);
    return (long long)icaltime_as_timet_with_zone(time, time.zone);
}

int main(int count, char **paths) {
    int index;
    for (index = 1; index < count; index++) {
        char *text = content(paths[index]);
        icalcomponent *calendar = icalparser_parse_string(text), *event;
        if (calendar == NULL) {
            printf("complaint\t%s\tthis is no calendar\n", paths[index]);
            continue;
        }
        if (!icalrestriction_check(calendar)) printf("complaint\t%s\ta restriction is broken\n", paths[index]);
        complain(paths[index], calendar);
        for (event = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT); event != NULL;
             event = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT)) {
            printf("event\t%s\t%s\t%lld\t%lld\n", paths[index], icalcomponent_get_uid(event),
                   seconds(event, ICAL_DTSTART_PROPERTY), seconds(event, ICAL_DTEND_PROPERTY));
        }
        icalcomponent_free(calendar);
        free(text);
    }
    return 0;
}
