package contest;

import java.util.Set;

/** At least so many meetings of the horizon have one of these people as an expert or representative. */
public record Cover(int id, int number, Set<Integer> people) {

    boolean metBy(Seat seat) {
        return (seat.getRole() == Role.EXPERT || seat.getRole() == Role.REPRESENTATIVE)
                && seat.isTakenByOneOf(people);
    }
}
