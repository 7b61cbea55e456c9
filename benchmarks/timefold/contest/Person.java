package contest;

import java.util.HashMap;
import java.util.Map;

/**
 * Somebody who can be on duty. {@code presences} tells, for each length of a meeting in minutes and each
 * start at which they can, what the duty costs and how many minutes of it are overtime.
 */
public record Person(
        int id,
        int institution,
        boolean outside,
        int maxMeetings,
        int maxPerMonth,
        int maxOvertime,
        Map<Integer, Map<Integer, Presence>> presences) {

    public record Presence(long cost, int overtime) {}

    Person(int id, int institution, boolean outside, int maxMeetings, int maxPerMonth, int maxOvertime) {
        this(id, institution, outside, maxMeetings, maxPerMonth, maxOvertime, new HashMap<>());
    }

    /** Returns null where the person cannot be there. */
    Presence at(Meeting meeting) {
        return presences.get(meeting.getMinutes()).get(meeting.getPair().start());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Person person && person.id == id;
    }

    @Override
    public int hashCode() {
        return id;
    }
}
