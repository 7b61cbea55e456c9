package contest;

import java.util.Set;

/** A meeting that is held needs one of these people in one of these roles: expertise, types, pins. */
public record Need(int meeting, Set<Role> roles, Set<Integer> people) {

    boolean metBy(Seat seat) {
        return roles.contains(seat.getRole()) && seat.isTakenByOneOf(people);
    }
}
